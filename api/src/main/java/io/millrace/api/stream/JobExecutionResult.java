package io.millrace.api.stream;

import io.millrace.api.accumulator.OptionalFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A job that has finished. Immutable. */
public class JobExecutionResult extends JobSubmissionResult {
    private final long netRuntimeMs;
    private final Map<String, OptionalFailure<Object>> accumulators;

    /**
     * @param netRuntime milliseconds from the start of the job to its end
     * @param accumulators results by name; null for none
     */
    public JobExecutionResult(
            JobID jobID, long netRuntime, Map<String, OptionalFailure<Object>> accumulators) {
        super(jobID);
        this.netRuntimeMs = netRuntime;
        this.accumulators = accumulators == null ? Map.of() : Map.copyOf(accumulators);
    }

    /**
     * A result of which only the job's id is known; its net runtime is −1.
     *
     * @deprecated use {@link JobSubmissionResult#getJobExecutionResult}
     */
    @Deprecated
    public static JobExecutionResult fromJobSubmissionResult(JobSubmissionResult result) {
        return new JobExecutionResult(result.getJobID(), -1, null);
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

    /**
     * Null if there is none of this name.
     *
     * @throws io.millrace.api.error.FlinkRuntimeException if its parts could not be merged or read;
     *     the reason is the cause
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the caller knows
    public <T> T getAccumulatorResult(String accumulatorName) {
        OptionalFailure<Object> result = accumulators.get(accumulatorName);
        return result == null ? null : (T) result.getUnchecked();
    }

    /**
     * By name; a copy.
     *
     * @throws io.millrace.api.error.FlinkRuntimeException if the parts of one could not be merged
     *     or read; the reason is the cause
     */
    public Map<String, Object> getAllAccumulatorResults() {
        Map<String, Object> results = new HashMap<>();
        accumulators.forEach((name, result) -> results.put(name, result.getUnchecked()));
        return results;
    }

    /**
     * Null if there is none of this name.
     *
     * @throws ClassCastException if it is no {@code Integer}
     * @deprecated use {@link #getAccumulatorResult}
     */
    @Deprecated
    public Integer getIntCounterResult(String accumulatorName) {
        Object result = getAccumulatorResult(accumulatorName);
        if (result != null && !(result instanceof Integer)) {
            throw new ClassCastException(
                    "The result of accumulator '"
                            + accumulatorName
                            + "' is a "
                            + result.getClass().getName()
                            + ", not an Integer.");
        }
        return (Integer) result;
    }

    @Override
    public String toString() {
        StringBuilder text =
                new StringBuilder("Job ")
                        .append(Objects.toString(getJobID()))
                        .append(" finished after ")
                        .append(netRuntimeMs)
                        .append(" ms.");
        if (!accumulators.isEmpty()) {
            text.append(" Accumulators:");
            accumulators.forEach(
                    (name, result) -> text.append("\n- ").append(name).append(": ").append(result));
        }
        return text.toString();
    }
}
