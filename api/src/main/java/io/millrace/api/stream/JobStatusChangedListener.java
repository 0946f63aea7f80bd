package io.millrace.api.stream;

/**
 * Hears of the status of a job from its submission to its end, in the process that coordinates it:
 * the application master, or the program's own with the embedded cluster. The option {@code
 * execution.job-status-changed-listeners} names the factories.
 */
public interface JobStatusChangedListener {
    /**
     * The status has changed. Called on a thread for the listeners of this job, in the order of the
     * changes; what it throws is logged and goes no further.
     *
     * @param event a {@link JobExecutionStatusEvent}
     */
    void onEvent(JobStatusChangedEvent event);
}
