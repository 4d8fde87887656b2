package io.stepsync.store;

import io.stepsync.window.AnswerLimit;
import io.stepsync.window.Lane;

/**
 * A lane as its state row has it.
 *
 * @param answerLimit what is known of the API's limit
 * @param version is raised with each change of the row
 * @param cutInto into so many lanes the stream was to be cut
 */
public record StoredLane(Lane lane, AnswerLimit answerLimit, long version, int cutInto) {}
