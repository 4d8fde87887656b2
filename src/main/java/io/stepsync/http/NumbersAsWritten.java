package io.stepsync.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Gives numbers that remember how the API wrote them: {@code 1e2}, which Java writes as {@code
 * 1E+2}. A whole number without an exponent needs no memory, but for {@code -0}. Not thread-safe.
 */
final class NumbersAsWritten extends JsonParserDelegate {

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
    return new WrittenNumber(delegate.getDecimalValue(), delegate.getText());
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
