package io.millrace.coordinator.job;

import io.millrace.runtime.message.ToCoordinator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Where the sources of a job's watermark groups are, and how far each may come. Pure but for what
 * it remembers; confined to the coordinator's thread.
 *
 * <p>What a subtask has said counts until it says something else, also over a restart: the new
 * attempt goes on from there or from before. One that has finished holds nobody back.
 */
final class WatermarkGroups {
    /** One source operator in one subtask, whatever the attempt. */
    record Member(int vertexId, int subtask, int operatorIndex) {}

    private final Map<String, Map<Member, Long>> groups = new LinkedHashMap<>();

    /**
     * Takes a report. Returns how far the one who sent it may come, in milliseconds since the
     * epoch.
     *
     * @param hasFinished whether nothing more comes of a member
     */
    long onReport(ToCoordinator.SourceWatermark report, Predicate<Member> hasFinished) {
        Map<Member, Long> group =
                groups.computeIfAbsent(report.group(), name -> new LinkedHashMap<>());
        group.put(
                new Member(
                        report.attempt().vertexId(),
                        report.attempt().subtask(),
                        report.operatorIndex()),
                report.watermarkMs());
        long lowest = Long.MAX_VALUE;
        for (Map.Entry<Member, Long> member : group.entrySet()) {
            if (member.getValue() < lowest && !hasFinished.test(member.getKey())) {
                lowest = member.getValue();
            }
        }
        return limit(lowest, report.maxDriftMs());
    }

    private static long limit(long lowestMs, long maxDriftMs) {
        return lowestMs > Long.MAX_VALUE - maxDriftMs ? Long.MAX_VALUE : lowestMs + maxDriftMs;
    }
}
