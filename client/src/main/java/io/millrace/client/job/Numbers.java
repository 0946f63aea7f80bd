package io.millrace.client.job;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Quantities as people read them. Pure. */
public final class Numbers {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private Numbers() {}

    /** With thousands separated: {@code 1,234,567}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 512 B}, {@code 1.4 MiB}. */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        return String.format(
                Locale.ROOT,
                "%.1f %ciB",
                bytes / (double) (1L << 10 * unit),
                "KMGTPE".charAt(unit - 1));
    }

    /** {@code 9.3 s}, {@code 2 min 05 s}, {@code 3 h 07 min}. */
    public static String duration(long ms) {
        if (ms < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
        }
        long seconds = ms / 1000;
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60);
        }
        long hours = seconds / 3600;
        return hours < 48
                ? String.format(Locale.ROOT, "%d h %02d min", hours, seconds / 60 % 60)
                : String.format(Locale.ROOT, "%d days %02d h", hours / 24, hours % 24);
    }

    /** Local time; a dash for zero. */
    public static String time(long epochMs) {
        return epochMs == 0
                ? "-"
                : SECONDS.format(Instant.ofEpochMilli(epochMs).atZone(ZoneId.systemDefault()));
    }
}
