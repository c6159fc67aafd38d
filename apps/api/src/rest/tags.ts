/** The chapters of the document, in the order in which they are read. */
export const tagList = [
  { name: 'accounts', description: 'Sign up, sign in, sign out.' },
  { name: 'concerts', description: 'What is on sale, when, and roughly what is left. Public and cached.' },
  { name: 'queue', description: 'The line of a concert: one place for each fan, whatever the device.' },
  { name: 'seats', description: 'The seats of a show, for fans who were let in.' },
  { name: 'reservations', description: 'Holds, and what became of them.' },
  { name: 'wallet', description: 'The balance, and every line that changed it.' },
  { name: 'payments', description: 'Paying for holds, and giving paid ones back.' },
  { name: 'tickets', description: 'What a payment bought, and the gate that admits it once.' },
  {
    name: 'flow',
    description:
      'Contract `flow`: join the line and read the place, free dates and seats, hold, charge, pay.',
  },
  {
    name: 'api-v1',
    description: 'Contract `api-v1`: ids and amounts are strings in replies; both are accepted.',
  },
  { name: 'booking', description: 'Contract `booking`: names and spelling as its clients know them.' },
  {
    name: 'reservation',
    description: 'Contract `reservation`: by date and seat number, on the default concert.',
  },
  { name: 'customers', description: 'Contract `customers`: unknown and malformed things are 400.' },
] as const

export type Tag = (typeof tagList)[number]['name']

const contracts: readonly Tag[] = ['flow', 'api-v1', 'booking', 'reservation', 'customers']

/** How the docs page shelves the chapters. */
export const tagGroups: readonly { name: string; tags: readonly Tag[] }[] = [
  { name: 'Greenroom', tags: tagList.map(({ name }) => name).filter((name) => !contracts.includes(name)) },
  { name: 'Contracts of replaced services', tags: contracts },
]
