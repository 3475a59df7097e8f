import { type Config, ConfigError, readConfig } from '../../src/config';
import { newFolder } from '../folder';

/** Reads settings as the start does, with a data folder of the test's own. */
export function configReader() {
  const dataDir = newFolder();
  const read = (env: Readonly<Record<string, string>> = {}): Config => readConfig({ WANDLE_DATA: dataDir, ...env });
  /** The lines it is refused with; none where it is not. */
  const errors = (env: Readonly<Record<string, string>>): readonly string[] => {
    try {
      read(env);
    } catch (error) {
      if (error instanceof ConfigError) return error.lines;
      throw error;
    }
    return [];
  };
  return { dataDir, read, errors };
}
