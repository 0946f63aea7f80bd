package io.millrace.runtime.operator;

import io.millrace.api.operator.InternalTimeServiceManager;
import io.millrace.api.operator.InternalTimerService;
import io.millrace.api.operator.KeyContext;
import io.millrace.api.operator.Triggerable;
import io.millrace.api.serialization.TypeSerializer;
import io.millrace.api.time.TimeDomain;
import io.millrace.api.time.Watermark;
import java.util.LinkedHashMap;
import java.util.Map;

/** The timers of a program's own operator, by their names. Confined to the task. */
final class OwnTimers implements InternalTimeServiceManager<Object> {
    private final OperatorContext context;
    private final KeyContext keys;
    private final OwnTask task;
    private final KeyedScope scope;
    private final Map<String, OwnTimerService<?>> services = new LinkedHashMap<>();
    private long watermarkMs = Long.MIN_VALUE;

    OwnTimers(OperatorContext context, KeyContext keys, OwnTask task, KeyedScope scope) {
        this.context = context;
        this.keys = keys;
        this.task = task;
        this.scope = scope;
    }

    @Override
    @SuppressWarnings("unchecked") // a name has one kind of namespace
    public <N> InternalTimerService<N> getInternalTimerService(
            String name,
            TypeSerializer<N> namespaceSerializer,
            Triggerable<Object, N> triggerable) {
        return (InternalTimerService<N>)
                services.computeIfAbsent(
                        name,
                        unused ->
                                new OwnTimerService<>(
                                        name,
                                        context,
                                        keys,
                                        task,
                                        scope,
                                        triggerable,
                                        watermarkMs));
    }

    @Override
    public void advanceWatermark(Watermark watermark) {
        watermarkMs = watermark.getTimestamp();
        services.values().forEach(service -> service.onWatermark(watermarkMs));
    }

    int size(TimeDomain domain) {
        return services.values().stream().mapToInt(service -> service.size(domain)).sum();
    }

    void endKey() {
        services.values().forEach(OwnTimerService::endKey);
    }

    void fireAllOfProcessingTime() {
        services.values().forEach(OwnTimerService::fireAllOfProcessingTime);
    }
}
