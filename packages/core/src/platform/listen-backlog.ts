/**
 * How many connections may wait to be accepted. Node asks for 511, and the rest of a crowd that comes back at once would try
 * again after 1, 3 and 7 seconds; 4,096 is what Linux grants by itself (net.core.somaxconn).
 */
export const listenBacklog = 4_096
