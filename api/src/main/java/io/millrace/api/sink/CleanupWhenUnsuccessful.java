package io.millrace.api.sink;

/** An output format that can remove what it wrote when writing has failed. */
public interface CleanupWhenUnsuccessful {
    /** Called once after a failure, when the format has been closed. */
    void tryCleanupOnError() throws Exception;
}
