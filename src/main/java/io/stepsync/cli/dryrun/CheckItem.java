package io.stepsync.cli.dryrun;

/**
 * A thing that was checked.
 *
 * @param check what was looked at
 * @param ok whether it is as it must be
 * @param detail what was found
 * @param advice what to do about it; null where it is ok
 */
public record CheckItem(String check, boolean ok, String detail, String advice) {

  static CheckItem ok(String check, String detail) {
    return new CheckItem(check, true, detail, null);
  }

  static CheckItem failed(String check, String detail, String advice) {
    return new CheckItem(check, false, detail, advice);
  }

  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
