package io.millrace.savepoint.catalogue;

import io.millrace.api.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which savepoints stay and which may go. Immutable; its rules are pure.
 *
 * @param keep so many of the newest complete ones of each job stay, at least 1
 * @param olderThanMs those that were taken in so many milliseconds before now stay; 0 if age does
 *     not matter
 */
public record Retention(int keep, long olderThanMs) {
    public Retention {
        if (keep < 1 || olderThanMs < 0) {
            throw new IllegalArgumentException("keep " + keep + ", older than " + olderThanMs);
        }
    }

    /**
     * What becomes of a savepoint.
     *
     * @param reason for people, without a full stop
     */
    public record Verdict(CatalogueEntry entry, boolean goes, String reason) {}

    /**
     * Decides about all savepoints, and about no checkpoint: those are their jobs'.
     *
     * @param entries savepoints and checkpoints of the directory that is looked at
     * @param others elsewhere, of which nothing is decided, that may need files of the savepoints
     * @param damaged what is wrong with those complete ones that lack files, by their paths
     */
    public List<Verdict> decide(
            List<CatalogueEntry> entries,
            List<CatalogueEntry> others,
            Map<Path, String> damaged,
            long nowMs) {
        Map<CatalogueEntry, String> needed = neededBy(entries, others);
        Map<String, List<CatalogueEntry>> jobs = new HashMap<>();
        for (CatalogueEntry entry : entries) {
            if (entry.isSavepoint() && entry.isComplete() && !damaged.containsKey(entry.path())) {
                jobs.computeIfAbsent(entry.job(), job -> new ArrayList<>()).add(entry);
            }
        }
        jobs.values().forEach(ofJob -> ofJob.sort(NEWEST_FIRST));
        List<Verdict> verdicts = new ArrayList<>();
        for (CatalogueEntry entry : entries) {
            if (entry.isSavepoint()) {
                List<CatalogueEntry> ofJob = jobs.getOrDefault(entry.job(), List.of());
                String stays =
                        reasonToStay(
                                entry, ofJob, damaged.get(entry.path()), needed.get(entry), nowMs);
                verdicts.add(
                        stays == null
                                ? new Verdict(entry, true, reasonToGo(entry, ofJob, nowMs))
                                : new Verdict(entry, false, stays));
            }
        }
        return verdicts;
    }

    private static final Comparator<CatalogueEntry> NEWEST_FIRST =
            Comparator.comparingLong(CatalogueEntry::triggeredAtMs)
                    .thenComparingLong(CatalogueEntry::checkpointId)
                    .thenComparing(entry -> entry.path().toString())
                    .reversed();

    /** Null if there is none. */
    private String reasonToStay(
            CatalogueEntry entry,
            List<CatalogueEntry> ofJob,
            String damage,
            String neededBy,
            long nowMs) {
        if (!entry.isComplete()) {
            return entry.state() == CatalogueEntry.State.UNFINISHED
                    ? "has no manifest: it is being written, or was given up ('fsck' tells)"
                    : "its manifest cannot be read: look at it first";
        }
        if (damage != null) {
            return "is damaged, look at it first: " + damage;
        }
        if (entry.marks().pinned()) {
            return "is pinned";
        }
        if (neededBy != null) {
            return neededBy;
        }
        int rank = ofJob.indexOf(entry);
        if (rank == 0) {
            return "is the newest complete one of '" + entry.job() + "'";
        }
        if (rank < keep) {
            return "is one of the " + keep + " newest of '" + entry.job() + "'";
        }
        long ageMs = nowMs - entry.triggeredAtMs();
        if (ageMs < olderThanMs) {
            return "is younger than " + words(olderThanMs) + ", from " + at(entry);
        }
        return null;
    }

    private static String reasonToGo(CatalogueEntry entry, List<CatalogueEntry> ofJob, long nowMs) {
        return "number "
                + (ofJob.indexOf(entry) + 1)
                + " of "
                + ofJob.size()
                + " of '"
                + entry.job()
                + "', "
                + words(nowMs - entry.triggeredAtMs())
                + " old";
    }

    private static String at(CatalogueEntry entry) {
        return Instant.ofEpochMilli(entry.triggeredAtMs()).toString();
    }

    /** In its largest unit, rounded down. */
    private static String words(long ms) {
        Duration time = Duration.ofMillis(Math.max(0, ms));
        return time.toDays() > 0
                ? time.toDays() + " days"
                : time.toHours() > 0
                        ? time.toHours() + " hours"
                        : time.toMinutes() > 0
                                ? time.toMinutes() + " minutes"
                                : time.toSeconds() + " seconds";
    }

    /** For each savepoint that another one or a checkpoint has files of, a word about that. */
    private static Map<CatalogueEntry, String> neededBy(
            List<CatalogueEntry> entries, List<CatalogueEntry> others) {
        Map<CatalogueEntry, String> needed = new HashMap<>();
        List<CatalogueEntry> all = new ArrayList<>(entries);
        all.addAll(others);
        for (CatalogueEntry who : all) {
            Set<String> files = who.files();
            for (CatalogueEntry whose : entries) {
                if (who == whose || !whose.isSavepoint()) {
                    continue;
                }
                String inside = whose.path().getPath() + "/";
                long count = files.stream().filter(file -> file.startsWith(inside)).count();
                if (count > 0) {
                    needed.put(
                            whose,
                            (who.isSavepoint() ? "savepoint " : "checkpoint ")
                                    + who.path()
                                    + " needs "
                                    + count
                                    + " files of it");
                }
            }
        }
        return needed;
    }
}
