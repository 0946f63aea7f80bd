package io.millrace.api.graph;

import java.util.Map;

/**
 * A source that can say early where its data lies, so that workers are asked for near it. Asked
 * once for each source by {@link JobExecutor#submit}, after {@link Preflight}, in the process that
 * runs {@code main()}. Must not change anything outside, and not take long: a part of the data says
 * enough. What it throws is logged, and the job runs without.
 */
public interface LocatedInput {
    /** Bytes by the name of the host that has them; empty if it makes no difference. */
    Map<String, Long> bytesByHost() throws Exception;
}
