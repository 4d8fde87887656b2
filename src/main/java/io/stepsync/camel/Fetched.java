package io.stepsync.camel;

import io.stepsync.http.Answer;
import io.stepsync.jdbc.WindowRows;

/**
 * The answer to a window.
 *
 * @param unread the answer; null where its records are read
 * @param rows what its records became; null where they are not read yet
 * @param bytes the length of the answer
 * @param millis how long it took
 */
record Fetched(Answer unread, WindowRows rows, long bytes, long millis) {

  Fetched(Answer answer, long millis) {
    this(answer, null, answer.length(), millis);
  }

  Fetched read(WindowRows became) {
    return new Fetched(null, became, bytes, millis);
  }
}
