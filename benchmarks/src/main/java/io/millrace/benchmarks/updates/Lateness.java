package io.millrace.benchmarks.updates;

/** How late records were, by size: 16 steps in each power of two of microseconds. */
final class Lateness {
    private static final int STEPS = 16;

    private final long[] counts = new long[64 * STEPS];

    void add(long micros) {
        counts[bucket(Math.max(1, micros))]++;
    }

    private static int bucket(long micros) {
        int exponent = 63 - Long.numberOfLeadingZeros(micros);
        long step = exponent >= 4 ? micros >>> exponent - 4 : micros << 4 - exponent;
        return exponent * STEPS + (int) (step & STEPS - 1);
    }

    private static double upperMs(int bucket) {
        return Math.scalb(STEPS + bucket % STEPS + 1, bucket / STEPS - 4) / 1000;
    }

    /** Words with a blank before each. */
    String toText() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                text.append(' ').append(i).append(':').append(counts[i]);
            }
        }
        return text.toString();
    }

    /**
     * @param from the first word of this
     */
    void add(String[] words, int from) {
        for (int i = from; i < words.length; i++) {
            int colon = words[i].indexOf(':');
            counts[Integer.parseInt(words[i].substring(0, colon))] +=
                    Long.parseLong(words[i].substring(colon + 1));
        }
    }

    /** In ms; 0 if there were no records. */
    double quantile(double share) {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        long wanted = (long) Math.ceil(all * share);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && counts[i] > 0) {
                return upperMs(i);
            }
        }
        return 0;
    }
}
