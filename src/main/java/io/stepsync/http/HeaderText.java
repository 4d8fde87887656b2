package io.stepsync.http;

/** What a header can carry, RFC 9110, 5.5 and 5.6.2. */
public final class HeaderText {

  private static final int LAST = 0xFF;

  private HeaderText() {}

  /** Tells whether {@code value} is sent as it is: Latin-1, without control characters. */
  public static boolean isValue(String value) {
    return value.chars().noneMatch(unit -> unit > LAST || Character.isISOControl(unit));
  }

  /**
   * @throws IllegalArgumentException naming the setting and its rule, and not the value
   */
  static void require(String setting, String value) {
    if (!isValue(value)) {
      throw new IllegalArgumentException(
          setting + " must be Latin-1 without control characters, as a header has no others");
    }
  }

  static boolean isName(String name) {
    return name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  }

  static void requireName(String setting, String name) {
    if (!isName(name)) {
      throw new IllegalArgumentException(setting + " must be the name of a header, was " + name);
    }
  }
}
