package io.stepsync;

import io.stepsync.http.RequestTemplate;
import io.stepsync.window.AdaptiveStep;
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
  private boolean adaptiveStep = false;
  private Long adaptiveRecords;
  private Duration adaptiveTime;

  /** The first ID ever asked, at least 0. Default 1. */
  public void setInitialId(long initialId) {
    this.initialId = initialId;
  }

  /** The IDs in a window, at least 1. Default 1000. */
  public void setStepSize(long stepSize) {
    this.stepSize = stepSize;
  }

  /**
   * The most IDs in a window that was widened over a gap. Default 1000000; 1000 times stepSize
   * where that is set.
   */
  public void setMaxStepSize(Long maxStepSize) {
    this.maxStepSize = maxStepSize;
  }

  /** The last ID ever asked, at least initialId. Default none. */
  public void setMaxId(Long maxId) {
    this.maxId = maxId;
  }

  /**
   * The unused IDs in a row after which a run is caught up, at least 0. Default 1000000, and none
   * where maxId is set.
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
   * Whether the step size follows the answers, between 1 and maxStepSize: it doubles while they are
   * small and quick, and halves when they are not. Default false.
   */
  public void setAdaptiveStep(boolean adaptiveStep) {
    this.adaptiveStep = adaptiveStep;
  }

  /**
   * The most records that an answer should have, with adaptiveStep: more halve the step, half of
   * them double it. Default 10000.
   */
  public void setAdaptiveRecords(Long adaptiveRecords) {
    this.adaptiveRecords = adaptiveRecords;
  }

  /**
   * The longest that an answer should take, with adaptiveStep: longer halves the step, half of it
   * doubles it. Default 1s.
   */
  public void setAdaptiveTime(Duration adaptiveTime) {
    this.adaptiveTime = adaptiveTime;
  }

  final boolean hasMaxId() {
    return maxId != null;
  }

  final ScanSettings scan(RequestTemplate template) {
    long most = template.isSingle() ? 1 : widestFor(stepSize);
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
        stepAim(),
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

  private static long widestFor(long stepSize) {
    return stepSize > Long.MAX_VALUE / 1000 ? Long.MAX_VALUE : 1000 * stepSize;
  }

  private AdaptiveStep stepAim() {
    if (!adaptiveStep) {
      if (adaptiveRecords != null || adaptiveTime != null) {
        throw new IllegalArgumentException(
            "adaptiveStep must be true where adaptiveRecords or adaptiveTime is set, was false");
      }
      return AdaptiveStep.NONE;
    }
    long most = adaptiveRecords != null ? adaptiveRecords : 10_000;
    Duration longest = adaptiveTime != null ? adaptiveTime : Duration.ofSeconds(1);
    if (most < 1) {
      throw new IllegalArgumentException("adaptiveRecords must be >= 1, was " + most);
    }
    if (longest.toMillis() < 1) {
      throw new IllegalArgumentException("adaptiveTime must be >= 1ms, was " + longest);
    }
    return new AdaptiveStep(most, longest.toMillis());
  }
}
