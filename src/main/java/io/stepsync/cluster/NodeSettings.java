package io.stepsync.cluster;

import java.time.Duration;

/**
 * What application.properties says about this node of a cluster.
 *
 * @param name no other node's
 * @param checkIn how often it says that it is alive, and looks for work
 * @param threads so many streams run on it at once
 */
public record NodeSettings(String name, Duration checkIn, int threads) {}
