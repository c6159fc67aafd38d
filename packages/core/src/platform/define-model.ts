import type { Model, ModelStatic, Sequelize } from 'sequelize'
import type { Database } from './database.ts'

/**
 * A Sequelize model that is made when a database first needs it, once for each: a model class is tied to one
 * connection pool, and a process that opens two (a test, a migration) must not mix them up.
 */
export function defineModel<M extends Model>(
  make: (sequelize: Sequelize) => ModelStatic<M>,
): (db: Pick<Database, 'sequelize'>) => ModelStatic<M> {
  const made = new WeakMap<Sequelize, ModelStatic<M>>()
  return ({ sequelize }) => {
    const known = made.get(sequelize)
    if (known !== undefined) return known
    const model = make(sequelize)
    made.set(sequelize, model)
    return model
  }
}
