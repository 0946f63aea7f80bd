package io.millrace.api.graph;

import io.millrace.api.option.Config;

/**
 * A source or sink that can say early that it will not work: missing path, no permission, output
 * exists. Asked once for each operator by {@link JobExecutor#submit}, in the process that runs
 * {@code main()}, before any worker is requested. Must not change anything outside.
 */
public interface Preflight {
    /**
     * @throws io.millrace.api.error.MillraceException naming the path and what to do
     */
    void preflight() throws Exception;

    /**
     * What the engine calls: for those to whom it matters how the job runs.
     *
     * @param mode resolved, so never automatic
     * @param config the job's options
     * @throws io.millrace.api.error.MillraceException naming what is wrong and what to do
     */
    default void preflight(StreamGraph.ExecutionMode mode, Config config) throws Exception {
        preflight();
    }
}
