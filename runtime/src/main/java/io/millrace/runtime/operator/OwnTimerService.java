package io.millrace.runtime.operator;

import io.millrace.api.operator.InternalTimer;
import io.millrace.api.operator.InternalTimerService;
import io.millrace.api.operator.KeyContext;
import io.millrace.api.operator.Triggerable;
import io.millrace.api.time.TimeDomain;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.time.KeyedTimers;
import java.util.Objects;
import java.util.function.BiConsumer;

/** The timers of one name of a program's own operator. Confined to the task. */
final class OwnTimerService<N> implements InternalTimerService<N>, KeyedTimers.Target {
    private final OperatorContext context;
    private final KeyContext keys;
    private final Triggerable<Object, N> target;
    private final KeyedTimers timers;
    private long watermarkMs;

    /** What a timer belongs to. */
    private record Owner<N>(Object key, N namespace) {}

    /** A timer that fires. */
    private record Fired<N>(long timestamp, Owner<N> owner) implements InternalTimer<Object, N> {
        @Override
        public long getTimestamp() {
            return timestamp;
        }

        @Override
        public Object getKey() {
            return owner.key();
        }

        @Override
        public N getNamespace() {
            return owner.namespace();
        }
    }

    OwnTimerService(
            OperatorContext context,
            KeyContext keys,
            Triggerable<Object, N> target,
            long watermarkMs) {
        this.context = context;
        this.keys = keys;
        this.target = target;
        this.timers = new KeyedTimers(this, context.processingTimers());
        this.watermarkMs = watermarkMs;
    }

    void onWatermark(long timestampMs) {
        watermarkMs = timestampMs;
        timers.onWatermark(timestampMs);
    }

    int size(TimeDomain domain) {
        return timers.size(domain);
    }

    void fireAllOfProcessingTime() {
        timers.fireAllOfProcessingTime();
    }

    @Override
    @SuppressWarnings("unchecked") // only owners are registered
    public void onTimer(TimeDomain domain, long timestampMs, Object owner) {
        Fired<N> timer = new Fired<>(timestampMs, (Owner<N>) owner);
        try {
            keys.setCurrentKey(timer.getKey());
            if (domain == TimeDomain.EVENT_TIME) {
                target.onEventTime(timer);
            } else {
                target.onProcessingTime(timer);
            }
        } catch (Throwable e) {
            throw UserCodeException.of(context.name(), e);
        }
    }

    @Override
    public long processingTimeMs() {
        return currentProcessingTime();
    }

    @Override
    public long currentProcessingTime() {
        return context.clockMs().getAsLong();
    }

    @Override
    public long currentWatermark() {
        return watermarkMs;
    }

    private Owner<N> owner(N namespace) {
        Object key =
                Objects.requireNonNull(
                        keys.getCurrentKey(), "timers belong to a key, and no record has come yet");
        return new Owner<>(key, namespace);
    }

    @Override
    public void registerProcessingTimeTimer(N namespace, long time) {
        timers.register(TimeDomain.PROCESSING_TIME, time, owner(namespace));
    }

    @Override
    public void deleteProcessingTimeTimer(N namespace, long time) {
        timers.delete(TimeDomain.PROCESSING_TIME, time, owner(namespace));
    }

    @Override
    public void registerEventTimeTimer(N namespace, long time) {
        timers.register(TimeDomain.EVENT_TIME, time, owner(namespace));
    }

    @Override
    public void deleteEventTimeTimer(N namespace, long time) {
        timers.delete(TimeDomain.EVENT_TIME, time, owner(namespace));
    }

    @Override
    public void forEachEventTimeTimer(BiConsumer<N, Long> consumer) {
        forEach(TimeDomain.EVENT_TIME, consumer);
    }

    @Override
    public void forEachProcessingTimeTimer(BiConsumer<N, Long> consumer) {
        forEach(TimeDomain.PROCESSING_TIME, consumer);
    }

    @SuppressWarnings("unchecked") // only owners are registered
    private void forEach(TimeDomain domain, BiConsumer<N, Long> consumer) {
        timers.forEach(
                domain,
                (timestampMs, owner) -> {
                    keys.setCurrentKey(((Owner<N>) owner).key());
                    consumer.accept(((Owner<N>) owner).namespace(), timestampMs);
                });
    }
}
