package io.millrace.api.time;

import java.io.Serializable;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stamps records whose timestamps never go back within a subtask.
 *
 * @deprecated use {@link WatermarkStrategy#forMonotonousTimestamps}
 */
@Deprecated
public abstract class AscendingTimestampExtractor<T> implements AssignerWithPeriodicWatermarks<T> {
    private static final long serialVersionUID = 1L;

    private long currentMs = Long.MIN_VALUE;
    private MonotonyViolationHandler violationHandler = new LoggingHandler();

    /** Milliseconds since the epoch. */
    public abstract long extractAscendingTimestamp(T element);

    /** Sets what is called for a timestamp that goes back; it is logged otherwise. */
    public AscendingTimestampExtractor<T> withViolationHandler(MonotonyViolationHandler handler) {
        this.violationHandler = Objects.requireNonNull(handler, "handler");
        return this;
    }

    @Override
    public final long extractTimestamp(T element, long elementPrevTimestamp) {
        long timestampMs = extractAscendingTimestamp(element);
        if (timestampMs >= currentMs) {
            currentMs = timestampMs;
        } else {
            violationHandler.handleViolation(timestampMs, currentMs);
        }
        return timestampMs;
    }

    @Override
    public final Watermark getCurrentWatermark() {
        return new Watermark(currentMs == Long.MIN_VALUE ? currentMs : currentMs - 1);
    }

    /** Hears of timestamps that go back. */
    public interface MonotonyViolationHandler extends Serializable {
        void handleViolation(long elementTimestamp, long lastTimestamp);
    }

    /** Does not care: the record may be late. */
    public static final class IgnoringHandler implements MonotonyViolationHandler {
        private static final long serialVersionUID = 1L;

        @Override
        public void handleViolation(long elementTimestamp, long lastTimestamp) {
            // The record keeps its timestamp.
        }
    }

    /** Fails the task. */
    public static final class FailingHandler implements MonotonyViolationHandler {
        private static final long serialVersionUID = 1L;

        @Override
        public void handleViolation(long elementTimestamp, long lastTimestamp) {
            throw new IllegalStateException(
                    "The timestamp "
                            + elementTimestamp
                            + " comes after "
                            + lastTimestamp
                            + ", but timestamps were said to ascend. If they need not, use"
                            + " WatermarkStrategy.forBoundedOutOfOrderness.");
        }
    }

    /** Writes the first one to the log, and how many there have been at powers of ten. */
    public static final class LoggingHandler implements MonotonyViolationHandler {
        private static final long serialVersionUID = 1L;
        private static final Logger LOG =
                LoggerFactory.getLogger(AscendingTimestampExtractor.class);

        private long violations;
        private long nextToLog = 1;

        @Override
        public void handleViolation(long elementTimestamp, long lastTimestamp) {
            violations++;
            if (violations == nextToLog) {
                nextToLog *= 10;
                LOG.warn(
                        "timestamps went back count={} timestamp={} before={}",
                        violations,
                        elementTimestamp,
                        lastTimestamp);
            }
        }
    }
}
