import type { CreateConcertInput, LocalizedText, VenuePreset } from '@greenroom/contract'

/** A concert of the demo; its times are filled in when it is seeded. */
export type DemoConcert = {
  preset: VenuePreset
  planName: string
  /** Days from now until each show, which begins at `startHour` in the venue's time. */
  showsInDays: number[]
  startHour: number
  /** Won, by category name. */
  prices: Record<string, number>
  line: { mode: 'fifo' | 'lottery'; capacity: number; ratePerMinute: number | null; opensInMinutes: number }
  concert: Pick<
    CreateConcertInput,
    'title' | 'artist' | 'about' | 'venue' | 'timeZone' | 'accentColor' | 'seatsPerFan' | 'holdTtlMs'
  >
}

const seoul = 'Asia/Seoul'
const fiveMinutesMs = 300_000

const text = (ko: string, en: string): LocalizedText => ({ ko, en })

/** In the order of their ids. Concert 1 has shows 1 to 3 with seats 1 to 150: other systems' contracts count on it. */
export const demoConcerts: DemoConcert[] = [
  {
    preset: 'club-50',
    planName: 'Basement Olive',
    showsInDays: [21, 22, 23],
    startHour: 20,
    prices: { R: 77_000, S: 66_000, A: 55_000 },
    line: { mode: 'fifo', capacity: 200, ratePerMinute: null, opensInMinutes: 0 },
    concert: {
      title: text('해월 — 조용한 방', 'Haewol: The Quiet Room'),
      artist: '해월 Haewol',
      about: text(
        '피아노 한 대와 목소리, 그리고 쉰 개의 의자. 해월이 새 음반 «조용한 방» 전곡을 순서대로 들려줍니다. 공연 뒤에는 같은 자리에서 짧은 이야기 시간이 이어집니다.',
        'One piano, one voice, fifty chairs. Haewol plays every song of the new record, in order, in the room it was written for. Stay a little after the last song: she will.',
      ),
      venue: text('지하 올리브, 서울 연남동', 'Basement Olive, Yeonnam, Seoul'),
      timeZone: seoul,
      accentColor: '#6f8f5f',
      seatsPerFan: 4,
      holdTtlMs: fiveMinutesMs,
    },
  },
  {
    preset: 'theatre',
    planName: 'Saebyeok Theatre',
    showsInDays: [35, 36],
    startHour: 19,
    prices: {
      VIP: 165_000,
      R: 143_000,
      S: 121_000,
      A: 99_000,
      B: 77_000,
      'Restricted view': 88_000,
      Wheelchair: 71_500,
      Companion: 71_500,
    },
    line: { mode: 'fifo', capacity: 600, ratePerMinute: null, opensInMinutes: 0 },
    concert: {
      title: text('밤의 관현악: 유리 정원', 'Night Orchestra: The Glass Garden'),
      artist: '한밤 심포니 Hanbam Symphony',
      about: text(
        '예순 명의 연주자가 불 꺼진 극장에서 영화 없는 영화음악을 연주합니다. 1부는 현악의 숲, 2부는 유리와 종소리의 정원입니다. 세 개 층 어디에서나 무대 천장의 빛이 보이도록 꾸몄습니다.',
        'Sixty players, a darkened theatre, and film music for films nobody has made. Strings fill the first half; glass and bells the second. The light above the stage can be seen from all three floors.',
      ),
      venue: text('새벽극장 대극장, 서울', 'Saebyeok Theatre, Grand Hall, Seoul'),
      timeZone: seoul,
      accentColor: '#2f6f8f',
      seatsPerFan: 4,
      holdTtlMs: fiveMinutesMs,
    },
  },
  {
    preset: 'arena-15k',
    planName: 'Mirae Dome',
    showsInDays: [56, 57],
    startHour: 18,
    prices: {
      VIP: 198_000,
      Standing: 187_000,
      R: 176_000,
      S: 154_000,
      A: 132_000,
      B: 110_000,
      'Restricted view': 99_000,
      Wheelchair: 110_000,
      Companion: 110_000,
    },
    line: { mode: 'lottery', capacity: 2_000, ratePerMinute: null, opensInMinutes: 10 },
    concert: {
      title: text('NEON TIDE 월드투어 〈만조〉', 'NEON TIDE World Tour: High Water'),
      artist: 'NEON TIDE',
      about: text(
        '다섯 멤버가 일 년 만에 서울로 돌아옵니다. 객석 한가운데까지 뻗은 무대와 만 오천 개의 응원봉이 하나의 파도가 됩니다. 예매 대기실은 지금 열려 있고, 순서는 추첨으로 공정하게 정해집니다.',
        'The five are back in Seoul after a year away, with a stage that runs into the middle of the floor and fifteen thousand lights moving as one tide. The lobby is open now; a draw that anyone can check decides the order.',
      ),
      venue: text('미래돔, 서울', 'Mirae Dome, Seoul'),
      timeZone: seoul,
      accentColor: '#d0457b',
      seatsPerFan: 2,
      holdTtlMs: fiveMinutesMs,
    },
  },
]
