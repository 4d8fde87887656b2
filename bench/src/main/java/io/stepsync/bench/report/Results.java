package io.stepsync.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows per second of each rival in each round, and who was skipped. */
public final class Results {

  private final String reference;
  private final Map<String, List<Double>> rates = new LinkedHashMap<>();
  private final Map<String, String> skipped = new LinkedHashMap<>();

  /** Holds all rivals against {@code reference}. */
  public Results(String reference) {
    this.reference = reference;
  }

  /** Returns the rival that the others are held against. */
  public String reference() {
    return reference;
  }

  /** Adds what a rival did in the current round. */
  public void add(String rival, double rowsPerSecond) {
    rates.computeIfAbsent(rival, name -> new ArrayList<>()).add(rowsPerSecond);
  }

  /** Notes that a rival could not run. */
  public void skipped(String rival, String reason) {
    skipped.put(rival, reason);
  }

  /** Returns who ran, the fastest first. */
  public List<String> rivals() {
    return rates.keySet().stream()
        .sorted((a, b) -> Double.compare(rate(b).median(), rate(a).median()))
        .toList();
  }

  /** Returns who was skipped, and why. */
  public Map<String, String> skipped() {
    return skipped;
  }

  /** Returns a rival's rows per second, round by round. */
  public List<Double> rates(String rival) {
    return rates.get(rival);
  }

  /** Returns a rival's rows per second. */
  public Spread rate(String rival) {
    return Spread.of(rates(rival));
  }

  /** Returns by how much the reference was faster than a rival, round by round, where both ran. */
  public Optional<Spread> ratio(String rival) {
    if (rival.equals(reference) || !rates.containsKey(reference)) {
      return Optional.empty();
    }
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rates(rival).size(); i++) {
      ratios.add(rates(reference).get(i) / rates(rival).get(i));
    }
    return Optional.of(Spread.of(ratios));
  }
}
