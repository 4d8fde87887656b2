package io.stepsync;

/**
 * The seed of all properties, so that a build's result depends on its commit alone. Other values
 * are tried with more tries, or with "" for a seed of chance.
 */
public final class FixedSeed {

  public static final String VALUE = "20261126";

  private FixedSeed() {}
}
