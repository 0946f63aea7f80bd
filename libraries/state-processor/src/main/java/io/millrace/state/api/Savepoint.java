package io.millrace.state.api;

import io.millrace.api.backend.StateBackend;
import io.millrace.api.dataset.ExecutionEnvironment;
import java.io.IOException;

/**
 * Where programs of data sets load savepoints and create new ones.
 *
 * @deprecated {@link SavepointReader} and {@link SavepointWriter} do it with streams
 */
@Deprecated
public final class Savepoint {
    private Savepoint() {}

    /**
     * @param path of a savepoint, of a retained checkpoint, or of a job's directory of checkpoints
     *     for its newest
     */
    public static ExistingSavepoint load(ExecutionEnvironment env, String path) throws IOException {
        return new ExistingSavepoint(
                env,
                SavepointReader.read(env.streams(), path),
                SavepointWriter.fromExistingSavepoint(env.streams(), path));
    }

    /**
     * @param stateBackend holds state while it is read and written
     */
    public static ExistingSavepoint load(
            ExecutionEnvironment env, String path, StateBackend stateBackend) throws IOException {
        return new ExistingSavepoint(
                env,
                SavepointReader.read(env.streams(), path, stateBackend),
                SavepointWriter.fromExistingSavepoint(env.streams(), path, stateBackend));
    }

    /**
     * @param maxParallelism the number of key groups of its operators
     */
    public static NewSavepoint create(int maxParallelism) {
        return new NewSavepoint(SavepointWriter.newSavepoint(maxParallelism));
    }

    /**
     * @param stateBackend holds the state until it is written
     */
    public static NewSavepoint create(StateBackend stateBackend, int maxParallelism) {
        return new NewSavepoint(SavepointWriter.newSavepoint(stateBackend, maxParallelism));
    }
}
