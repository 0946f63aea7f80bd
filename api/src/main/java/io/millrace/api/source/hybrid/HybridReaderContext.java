package io.millrace.api.source.hybrid;

import io.millrace.api.checkpoint.FunctionHost;
import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.SourceReaderMetricGroup;
import io.millrace.api.option.Configuration;
import io.millrace.api.source.RichSourceReaderContext;
import io.millrace.api.source.SourceEvent;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.ValueCodec;

/**
 * The task as the reader of one of the sources sees it: what it says to its enumerator is marked as
 * its source's. Confined to the task.
 */
final class HybridReaderContext extends RichSourceReaderContext {
    private final RichSourceReaderContext context;
    private final Marked marked;

    private HybridReaderContext(RichSourceReaderContext context, Marked marked) {
        this.context = context;
        this.marked = marked;
        setRuntimeContext(context.getRuntimeContext());
    }

    static SourceReaderContext of(SourceReaderContext context, int sourceIndex) {
        Marked marked = new Marked(context, sourceIndex);
        return context instanceof RichSourceReaderContext rich
                ? new HybridReaderContext(rich, marked)
                : marked;
    }

    @Override
    public FunctionHost functions() {
        return context.functions();
    }

    @Override
    public SourceReaderMetricGroup metricGroup() {
        return marked.metricGroup();
    }

    @Override
    public Configuration getConfiguration() {
        return marked.getConfiguration();
    }

    @Override
    public String getLocalHostName() {
        return marked.getLocalHostName();
    }

    @Override
    public int getIndexOfSubtask() {
        return marked.getIndexOfSubtask();
    }

    @Override
    public void sendSplitRequest() {
        marked.sendSplitRequest();
    }

    @Override
    public void sendSourceEventToCoordinator(SourceEvent sourceEvent) {
        marked.sendSourceEventToCoordinator(sourceEvent);
    }

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
        return marked.getUserCodeClassLoader();
    }

    @Override
    public int currentParallelism() {
        return marked.currentParallelism();
    }

    @Override
    public <T> ValueCodec<T> createValueCodec(TypeInformation<T> type) {
        return marked.createValueCodec(type);
    }

    /** The same without what functions need, which only the engine has. */
    private record Marked(SourceReaderContext context, int sourceIndex)
            implements SourceReaderContext {
        @Override
        public SourceReaderMetricGroup metricGroup() {
            return context.metricGroup();
        }

        @Override
        public Configuration getConfiguration() {
            return context.getConfiguration();
        }

        @Override
        public String getLocalHostName() {
            return context.getLocalHostName();
        }

        @Override
        public int getIndexOfSubtask() {
            return context.getIndexOfSubtask();
        }

        @Override
        public void sendSplitRequest() {
            context.sendSplitRequest();
        }

        @Override
        public void sendSourceEventToCoordinator(SourceEvent sourceEvent) {
            context.sendSourceEventToCoordinator(
                    new HybridEvent.OfSource(sourceIndex, sourceEvent));
        }

        @Override
        public UserCodeClassLoader getUserCodeClassLoader() {
            return context.getUserCodeClassLoader();
        }

        @Override
        public int currentParallelism() {
            return context.currentParallelism();
        }

        @Override
        public <T> ValueCodec<T> createValueCodec(TypeInformation<T> type) {
            return context.createValueCodec(type);
        }
    }
}
