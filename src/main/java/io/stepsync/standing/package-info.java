/**
 * How streams stand, worked out in this place for all who show it: the command line, the page,
 * health and metrics. It knows {@code store} and what {@code store} knows. The way in is {@link
 * io.stepsync.standing.StreamStandings}.
 */
package io.stepsync.standing;
