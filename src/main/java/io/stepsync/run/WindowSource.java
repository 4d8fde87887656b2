package io.stepsync.run;

import io.stepsync.http.Answer;
import io.stepsync.jdbc.WindowRows;
import io.stepsync.window.IdWindow;

/** Where the answers to windows come from. Thread-safe. */
public interface WindowSource extends AutoCloseable {

  /**
   * Asks for {@code window}; its records stay unread where they could take much memory.
   *
   * @param place where the answer is kept, not left here
   * @throws AnswerRoom.NoRoomException if it turns out longer than there is room for now
   */
  Fetched ask(IdWindow window, AnswerRoom.Place place) throws Exception;

  /** Asks for {@code window}, wherever there is room; its records stay unread. */
  Fetched answer(IdWindow window) throws Exception;

  /** Reads the records of an answer, if that was not done yet. */
  Fetched read(IdWindow window, Fetched fetched) throws Exception;

  /** Reads the stored record that stands for the answer to {@code window}. */
  Fetched readStored(IdWindow window, Answer stored) throws Exception;

  @Override
  void close();

  /**
   * The answer to a window.
   *
   * @param unread the answer; null where its records are read
   * @param rows what its records became; null where they are not read yet
   * @param bytes the length of the answer
   * @param millis how long it took
   * @param askedAt when it was asked, in milliseconds since 1970
   */
  record Fetched(Answer unread, WindowRows rows, long bytes, long millis, long askedAt) {

    public Fetched(Answer answer, long millis, long askedAt) {
      this(answer, null, answer.length(), millis, askedAt);
    }

    public Fetched read(WindowRows became) {
      return new Fetched(null, became, bytes, millis, askedAt);
    }
  }
}
