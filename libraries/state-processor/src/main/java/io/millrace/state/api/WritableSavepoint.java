package io.millrace.state.api;

import io.millrace.api.backend.StateBackend;
import io.millrace.api.option.ConfigOption;

/**
 * A savepoint that can be written. Where the program is built; not thread-safe. Errors are those of
 * {@link SavepointWriter}.
 *
 * @param <F> the class itself
 * @deprecated {@link SavepointWriter} does it with streams
 */
@Deprecated
@SuppressWarnings("rawtypes") // programs know it by this bound
public abstract class WritableSavepoint<F extends WritableSavepoint> {
    /** Null: that of the environment. */
    protected final StateBackend stateBackend;

    /** What the savepoint is to have. */
    protected final SavepointMetadata metadata;

    private final SavepointWriter writer;

    WritableSavepoint(SavepointWriter writer) {
        this.stateBackend = writer.stateBackend;
        this.metadata = writer.metadata;
        this.writer = writer;
    }

    /** Leaves an operator out; it has to be there. */
    public F removeOperator(String uid) {
        writer.removeOperator(OperatorIdentifier.forUid(uid));
        return self();
    }

    /** Adds an operator; one by that name has to be removed first. */
    public <T> F withOperator(String uid, BootstrapTransformation<T> transformation) {
        writer.withOperator(OperatorIdentifier.forUid(uid), transformation.onStreams());
        return self();
    }

    /** An option for the tasks that make state, such as one of the state back end. */
    public <T> F withConfiguration(ConfigOption<T> option, T value) {
        writer.withConfiguration(option, value);
        return self();
    }

    /**
     * Adds the tasks that write the savepoint; {@code execute()} of the environment runs them.
     *
     * @param path of its directory, which is made; nothing may be there
     */
    public final void write(String path) {
        writer.write(path);
    }

    @SuppressWarnings("unchecked")
    private F self() {
        return (F) this;
    }
}
