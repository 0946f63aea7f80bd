package io.millrace.api.stream;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A job that has finished. Immutable. */
public class JobExecutionResult extends JobSubmissionResult {
    private final long netRuntimeMs;
    private final Map<String, Object> accumulators;

    /**
     * @param netRuntime milliseconds from the start of the job to its end
     * @param accumulators results by name
     */
    public JobExecutionResult(JobID jobID, long netRuntime, Map<String, Object> accumulators) {
        super(jobID);
        this.netRuntimeMs = netRuntime;
        this.accumulators = Map.copyOf(accumulators);
    }

    @Override
    public boolean isJobExecutionResult() {
        return true;
    }

    @Override
    public JobExecutionResult getJobExecutionResult() {
        return this;
    }

    /** Milliseconds. */
    public long getNetRuntime() {
        return netRuntimeMs;
    }

    public long getNetRuntime(TimeUnit desiredUnit) {
        return desiredUnit.convert(netRuntimeMs, TimeUnit.MILLISECONDS);
    }

    /** Null if there is none of this name. */
    @SuppressWarnings("unchecked")
    public <T> T getAccumulatorResult(String accumulatorName) {
        return (T) accumulators.get(accumulatorName);
    }

    public Map<String, Object> getAllAccumulatorResults() {
        return accumulators;
    }

    @Override
    public String toString() {
        return "Job " + getJobID() + " finished after " + netRuntimeMs + " ms.";
    }
}
