package io.stepsync;

import io.stepsync.http.RequestTemplate;
import io.stepsync.window.ScanSettings;
import java.time.Duration;

/** The settings of a {@link Stream} that say which windows are asked. */
abstract class ScanOptions extends RequestOptions {

  private long initialId = 1;
  private long stepSize = 1000;
  private Long maxStepSize;
  private Long maxId;
  private Long maxGap;
  private long lookback = 0;
  private Long responseLimit;
  private Duration settleAfter = Duration.ofMinutes(10);
  private String replaced;

  /** The first ID ever asked, at least 0. Default 1. */
  public void setInitialId(long initialId) {
    this.initialId = initialId;
  }

  /**
   * The IDs in the first window, and the records that an answer should have, at least 1. Windows
   * are wider where IDs are sparse. Default 1000.
   */
  public void setStepSize(long stepSize) {
    this.stepSize = stepSize;
  }

  /**
   * The most IDs in a window, at least stepSize; the same as stepSize keeps all windows as wide as
   * that. Default none.
   */
  public void setMaxStepSize(Long maxStepSize) {
    this.maxStepSize = maxStepSize;
  }

  /** The last ID ever asked, at least initialId. Default none. */
  public void setMaxId(Long maxId) {
    this.maxId = maxId;
  }

  /**
   * The unused IDs in a row after which a run is caught up, at least 0; where it is not set,
   * 1000000, more where IDs are sparse, and none where maxId is set. Default none.
   */
  public void setMaxGap(Long maxGap) {
    this.maxGap = maxGap;
  }

  /** The IDs below the checkpoint that each run reads again, at least 0. Default 0. */
  public void setLookback(long lookback) {
    this.lookback = lookback;
  }

  /**
   * The number of records at which the API cuts its answers, at least 1; where it is not set, it is
   * found out. Default none.
   */
  public void setResponseLimit(Long responseLimit) {
    this.responseLimit = responseLimit;
  }

  /**
   * For how long a record may become visible after one with a higher ID was seen, as with
   * transactions that commit in another order than they began: an unused ID below the highest is
   * asked once more after that time. At least 0; 0s asks no ID again. Default 10m.
   */
  public void setSettleAfter(Duration settleAfter) {
    this.settleAfter = settleAfter;
  }

  /**
   * No setting any more: it is refused with what replaces it.
   *
   * @deprecated windows follow the density of the IDs by themselves
   */
  @Deprecated
  public void setAdaptiveStep(String adaptiveStep) {
    replaced = "adaptiveStep";
  }

  /**
   * No setting any more: it is refused with what replaces it.
   *
   * @deprecated stepSize is the number of records that an answer should have
   */
  @Deprecated
  public void setAdaptiveRecords(String adaptiveRecords) {
    replaced = "adaptiveRecords";
  }

  /**
   * No setting any more: it is refused with what replaces it.
   *
   * @deprecated responseTimeout narrows windows that take too long
   */
  @Deprecated
  public void setAdaptiveTime(String adaptiveTime) {
    replaced = "adaptiveTime";
  }

  final boolean hasMaxId() {
    return maxId != null;
  }

  final ScanSettings scan(RequestTemplate template) {
    refuseReplaced();
    long most = template.isSingle() ? 1 : Long.MAX_VALUE;
    long widest = maxStepSize != null ? maxStepSize : most;
    check(template, widest);
    return new ScanSettings(
        initialId,
        stepSize,
        widest,
        maxId != null ? maxId : Long.MAX_VALUE,
        maxGap != null ? maxGap : maxId != null ? Long.MAX_VALUE : 1_000_000,
        lookback,
        limit(),
        maxGap == null,
        template.isOpenEnded(),
        false,
        settleMillis());
  }

  private void check(RequestTemplate template, long widest) {
    if (template.isSingle() && (stepSize != 1 || widest != 1)) {
      throw new IllegalArgumentException(
          "stepSize must be 1 where a request has neither an end nor a limit, was "
              + Math.max(stepSize, widest));
    }
    if (!template.startInclusive() && initialId < 1) {
      throw new IllegalArgumentException(
          "initialId must be >= 1 where startInclusive=false, was " + initialId);
    }
  }

  private long limit() {
    if (responseLimit != null && responseLimit < 1) {
      throw new IllegalArgumentException("responseLimit must be >= 1, was " + responseLimit);
    }
    return responseLimit != null ? responseLimit : 0;
  }

  private long settleMillis() {
    if (settleAfter == null || settleAfter.isNegative() || settleAfter.toDays() > 3650) {
      throw new IllegalArgumentException("settleAfter must be 0s to 3650 days, was " + settleAfter);
    }
    return settleAfter.toMillis();
  }

  private void refuseReplaced() {
    if (replaced != null) {
      throw new IllegalArgumentException(
          replaced
              + " is no setting any more: windows follow how dense the IDs are, stepSize (%d) is the"
                  .formatted(stepSize)
              + " number of records that an answer should have, and maxStepSize: %d keeps windows"
                  .formatted(stepSize)
              + " fixed");
    }
  }
}
