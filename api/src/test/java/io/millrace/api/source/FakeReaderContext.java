package io.millrace.api.source;

import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.SourceReaderMetricGroup;
import io.millrace.api.option.Configuration;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;
import java.nio.charset.StandardCharsets;

/** Answers nothing by itself. */
final class FakeReaderContext implements SourceReaderContext {
    @Override
    public SourceReaderMetricGroup metricGroup() {
        throw new UnsupportedOperationException("no metrics in this test");
    }

    @Override
    public Configuration getConfiguration() {
        return new Configuration();
    }

    @Override
    public String getLocalHostName() {
        return "localhost";
    }

    @Override
    public int getIndexOfSubtask() {
        return 0;
    }

    @Override
    public void sendSplitRequest() {}

    @Override
    public void sendSourceEventToCoordinator(SourceEvent sourceEvent) {}

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return FakeReaderContext.class::getClassLoader;
    }

    @Override
    public int currentParallelism() {
        return 1;
    }

    @Override
    public <T> ValueCodec<T> createValueCodec(TypeInformation<T> type) {
        return new ValueCodec<>() {
            @Override
            public byte[] encode(T value) {
                return value.toString().getBytes(StandardCharsets.UTF_8);
            }

            @Override
            @SuppressWarnings("unchecked")
            public T decode(byte[] bytes) {
                return (T) new String(bytes, StandardCharsets.UTF_8);
            }
        };
    }
}
