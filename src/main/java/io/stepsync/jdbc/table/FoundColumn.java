package io.stepsync.jdbc.table;

import java.util.Set;

/**
 * A column that a table has.
 *
 * <p>Immutable.
 *
 * @param name its name
 * @param type the type's name, without lengths, as the driver tells it
 * @param size the characters, bytes or digits that it holds
 * @param decimals the digits of a number behind the point, or of a time's second
 * @param optional whether a row can do without a value for it: it may be null, has a default, or is
 *     generated
 * @param plain whether it has neither a default nor anything else that a change of its type loses
 * @param nullable whether it takes null
 * @param generated whether the database computes it
 * @param traits what else decides whether values survive in it
 * @param detail the collation or whatever else explains its traits; null for nothing
 */
public record FoundColumn(
    String name,
    String type,
    int size,
    int decimals,
    boolean optional,
    boolean plain,
    boolean nullable,
    boolean generated,
    Set<Trait> traits,
    String detail) {

  /** What a driver does not tell of a column, and what changes or merges values in it. */
  public enum Trait {
    /** It takes different texts for equal, by their case, accents or other signs. */
    FOLDS,
    /** It takes texts for equal that differ by blanks at their ends. */
    PADS,
    /** As {@link #FOLDS}, and no statement can tell that a text has changed. */
    HIDES_CHANGES,
    /** It takes longer texts than it says. */
    UNBOUNDED,
    /** The database makes its values, and takes none. */
    ALWAYS_IDENTITY,
    /** For 0 the database makes the next number. */
    ZERO_IS_NEXT,
    /** Its default is an expression, for which a driver may take it for one that is computed. */
    COMPUTED_DEFAULT
  }

  public FoundColumn {
    traits = Set.copyOf(traits);
  }

  /** Tells whether it has a trait. */
  public boolean is(Trait trait) {
    return traits.contains(trait);
  }
}
