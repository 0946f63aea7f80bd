package io.millrace.api.sink;

import io.millrace.api.function.UserCodeClassLoader;
import io.millrace.api.metric.SinkWriterMetricGroup;
import io.millrace.api.operator.MailboxExecutor;
import io.millrace.api.serialization.SerializationSchema;
import io.millrace.api.time.ProcessingTimeService;
import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The description of where records go; makes writers. Serialized with the job.
 *
 * @param <InputT> the records
 */
public interface Sink<InputT> extends Serializable {
    /**
     * Called once a subtask and attempt; the engine closes the writer. An own sink overrides this,
     * or the older form that this one calls.
     */
    default SinkWriter<InputT> createWriter(WriterInitContext context) throws IOException {
        return createWriter((InitContext) context);
    }

    /**
     * The older form.
     *
     * @deprecated override {@link #createWriter(WriterInitContext)}
     */
    @Deprecated
    default SinkWriter<InputT> createWriter(InitContext context) throws IOException {
        throw new UnsupportedOperationException(
                getClass().getName()
                        + " makes no writers: a sink implements"
                        + " createWriter(WriterInitContext).");
    }

    /**
     * What a writer was given in the older form; what it is given now has all of it.
     *
     * @deprecated use {@link WriterInitContext}
     */
    @Deprecated
    interface InitContext extends io.millrace.api.sink.InitContext {
        UserCodeClassLoader getUserCodeClassLoader();

        /** The clock of the task, and calls at a time of it. */
        ProcessingTimeService getProcessingTimeService();

        /** Brings what other threads have done back to the thread of the writer. */
        MailboxExecutor getMailboxExecutor();

        /** The metrics of this writer. */
        SinkWriterMetricGroup metricGroup();

        /** For opening a schema. */
        SerializationSchema.InitializationContext asSerializationSchemaInitializationContext();

        boolean isObjectReuseEnabled();

        /** Nobody takes what a writer says about its output, so it need not say anything. */
        default <MetaT> Optional<Consumer<MetaT>> metadataConsumer() {
            return Optional.empty();
        }
    }
}
