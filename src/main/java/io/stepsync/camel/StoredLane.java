package io.stepsync.camel;

import io.stepsync.sync.AnswerLimit;
import io.stepsync.sync.Lane;

/**
 * A lane as its state row has it.
 *
 * @param answerLimit what is known of the API's limit
 * @param version is raised with each change of the row
 * @param cutInto into so many lanes the stream was to be cut
 */
record StoredLane(Lane lane, AnswerLimit answerLimit, long version, int cutInto) {}
