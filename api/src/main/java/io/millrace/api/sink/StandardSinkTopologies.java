package io.millrace.api.sink;

import io.millrace.api.function.SerializableFunction;
import io.millrace.api.function.SerializableSupplier;
import io.millrace.api.source.SimpleVersionedSerializer;
import io.millrace.api.stream.DataStream;
import java.io.Serializable;
import java.util.Objects;

/** Parts that sinks put behind their committers. */
public class StandardSinkTopologies {
    /** The name of a global committer. */
    public static final String GLOBAL_COMMITTER_TRANSFORMATION_NAME = "Global Committer";

    private StandardSinkTopologies() {}

    /**
     * Adds a committer of everything that the subtasks of a stream have to commit, to be called in
     * {@link SupportsPostCommitTopology#addPostCommitTopology}. It is one for the whole job, and
     * its committables are committed with the first checkpoint that is complete after they have
     * come: behind a committer that is the checkpoint after. They come at least once, so it must
     * recognise what it has committed, as every committer must.
     *
     * @param committables with messages of all subtasks
     * @param committerFactory makes the committer, where committers run
     * @param committableSerializer of what is committed
     */
    public static <CommT> void addGlobalCommitter(
            DataStream<CommittableMessage<CommT>> committables,
            SerializableFunction<CommitterInitContext, Committer<CommT>> committerFactory,
            SerializableSupplier<SimpleVersionedSerializer<CommT>> committableSerializer) {
        committables
                .global()
                .sinkTo(new CommittableSink<>(new Made<>(committerFactory, committableSerializer)))
                .name(GLOBAL_COMMITTER_TRANSFORMATION_NAME)
                .setParallelism(1)
                .setMaxParallelism(1);
    }

    /**
     * The same with a committer that needs to know nothing of the job.
     *
     * @param committables with messages of all subtasks
     * @param committerFactory makes the committer, where committers run
     * @param committableSerializer of what is committed
     */
    public static <CommT> void addGlobalCommitter(
            DataStream<CommittableMessage<CommT>> committables,
            SerializableSupplier<Committer<CommT>> committerFactory,
            SerializableSupplier<SimpleVersionedSerializer<CommT>> committableSerializer) {
        Objects.requireNonNull(committerFactory, "committer factory");
        addGlobalCommitter(committables, context -> committerFactory.get(), committableSerializer);
    }

    /** Makes committers of what it was given. */
    private record Made<CommT>(
            SerializableFunction<CommitterInitContext, Committer<CommT>> committer,
            SerializableSupplier<SimpleVersionedSerializer<CommT>> serializer)
            implements SupportsCommitter<CommT>, Serializable {
        Made {
            Objects.requireNonNull(committer, "committer factory");
            Objects.requireNonNull(serializer, "serializer of the committables");
        }

        @Override
        public Committer<CommT> createCommitter(CommitterInitContext context) {
            return committer.apply(context);
        }

        @Override
        public SimpleVersionedSerializer<CommT> getCommittableSerializer() {
            return serializer.get();
        }

        @Override
        public String toString() {
            return "the global committer";
        }
    }
}
