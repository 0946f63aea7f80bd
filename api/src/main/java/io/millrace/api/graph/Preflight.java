package io.millrace.api.graph;

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
}
