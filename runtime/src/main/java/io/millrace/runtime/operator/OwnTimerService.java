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
    private final OwnTask task;
    private final KeyedScope scope;
    private final Triggerable<Object, N> target;
    private final KeyedTimers timers;
    private long watermarkMs;

    /** A timer that fires. */
    private record Fired<N>(long timestamp, Object key, N namespace)
            implements InternalTimer<Object, N> {
        @Override
        public long getTimestamp() {
            return timestamp;
        }

        @Override
        public Object getKey() {
            return key;
        }

        @Override
        public N getNamespace() {
            return namespace;
        }
    }

    OwnTimerService(
            String name,
            OperatorContext context,
            KeyContext keys,
            OwnTask task,
            KeyedScope scope,
            Triggerable<Object, N> target,
            long watermarkMs) {
        this.context = context;
        this.keys = keys;
        this.task = task;
        this.scope = scope;
        this.target = target;
        this.timers = scope.timers(this, name, scope.anySerializer());
        this.watermarkMs = watermarkMs;
    }

    void onWatermark(long timestampMs) {
        watermarkMs = timestampMs;
        timers.onWatermark(timestampMs);
    }

    int size(TimeDomain domain) {
        return timers.size(domain);
    }

    /** All time of the current key passes; then time begins anew. */
    void endKey() {
        watermarkMs = Long.MAX_VALUE;
        timers.fireAll();
        watermarkMs = Long.MIN_VALUE;
    }

    void fireAllOfProcessingTime() {
        timers.fireAllOfProcessingTime();
    }

    @Override
    @SuppressWarnings("unchecked") // only such are registered
    public void onTimer(
            TimeDomain domain, long timestampMs, Object key, int keyHash, Object namespace) {
        Fired<N> timer = new Fired<>(timestampMs, key, (N) namespace);
        try {
            task.expectKey(keyHash);
            keys.setCurrentKey(key);
            task.expectNoKey();
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
    public long currentProcessingTime() {
        return context.clockMs().getAsLong();
    }

    @Override
    public long currentWatermark() {
        return watermarkMs;
    }

    private Object currentKey() {
        return Objects.requireNonNull(
                keys.getCurrentKey(), "timers belong to a key, and no record has come yet");
    }

    private void register(TimeDomain domain, N namespace, long time) {
        Object key = currentKey();
        timers.register(domain, time, key, scope.hashOf(key), checked(namespace));
    }

    private void delete(TimeDomain domain, N namespace, long time) {
        Object key = currentKey();
        timers.delete(domain, time, key, scope.hashOf(key), checked(namespace));
    }

    private N checked(N namespace) {
        return Objects.requireNonNull(namespace, "the namespace of a timer is null");
    }

    @Override
    public void registerProcessingTimeTimer(N namespace, long time) {
        register(TimeDomain.PROCESSING_TIME, namespace, time);
    }

    @Override
    public void deleteProcessingTimeTimer(N namespace, long time) {
        delete(TimeDomain.PROCESSING_TIME, namespace, time);
    }

    @Override
    public void registerEventTimeTimer(N namespace, long time) {
        register(TimeDomain.EVENT_TIME, namespace, time);
    }

    @Override
    public void deleteEventTimeTimer(N namespace, long time) {
        delete(TimeDomain.EVENT_TIME, namespace, time);
    }

    @Override
    public void forEachEventTimeTimer(BiConsumer<N, Long> consumer) {
        forEach(TimeDomain.EVENT_TIME, consumer);
    }

    @Override
    public void forEachProcessingTimeTimer(BiConsumer<N, Long> consumer) {
        forEach(TimeDomain.PROCESSING_TIME, consumer);
    }

    @SuppressWarnings("unchecked") // only such are registered
    private void forEach(TimeDomain domain, BiConsumer<N, Long> consumer) {
        timers.forEach(
                domain,
                (timestampMs, key, namespace) -> {
                    keys.setCurrentKey(key);
                    consumer.accept((N) namespace, timestampMs);
                });
    }
}
