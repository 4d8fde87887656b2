package io.stepsync.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Gives numbers that remember how the API wrote them: {@code 1e2}, which Java writes as {@code
 * 1E+2}. Those that Java writes in the same way need no memory. Not thread-safe.
 */
final class NumbersAsWritten extends JsonParserDelegate {

  /** With fewer digits behind the point there are no six zeros in front of all others. */
  private static final int LEAST_TINY_SCALE = 7;

  NumbersAsWritten(JsonParser parser) {
    super(parser);
  }

  /** Goes on in one step, as the parser does, which the delegate would do in two. */
  @Override
  public String nextFieldName() throws IOException {
    return delegate.nextFieldName();
  }

  @Override
  public BigDecimal getDecimalValue() throws IOException {
    BigDecimal number = delegate.getDecimalValue();
    return isWrittenSo(number) ? number : new WrittenNumber(number, delegate.getText());
  }

  /** Java writes no exponent where there is none, unless the number is tiny. */
  private boolean isWrittenSo(BigDecimal number) throws IOException {
    char[] text = delegate.getTextCharacters();
    int start = delegate.getTextOffset();
    for (int i = start + delegate.getTextLength() - 1; i >= start; i--) {
      if ((text[i] | ' ') == 'e') {
        return false;
      }
    }
    return number.scale() < LEAST_TINY_SCALE && (number.signum() != 0 || text[start] != '-');
  }

  @Override
  public Number getNumberValue() throws IOException {
    Number number = delegate.getNumberValue();
    return number instanceof Integer && number.intValue() == 0 && delegate.getTextLength() > 1
        ? new WrittenNumber(BigDecimal.ZERO, delegate.getText())
        : number;
  }

  /** A number whose text is that of the API, in a column of text and in JSON. Immutable. */
  private static final class WrittenNumber extends BigDecimal {

    private static final long serialVersionUID = 1L;

    private final String text;

    WrittenNumber(BigDecimal value, String text) {
      super(value.unscaledValue(), value.scale());
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
