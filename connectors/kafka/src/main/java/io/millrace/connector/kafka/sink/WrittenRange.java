package io.millrace.connector.kafka.sink;

import java.util.List;

/**
 * Where records of one transaction lie in one partition. Other records may lie between. Immutable.
 *
 * @param first offset of the first record
 * @param last offset of the last
 * @param records how many
 */
record WrittenRange(String topic, int partition, long first, long last, long records) {
    /** How many ranges a message names; the log has all of them. */
    private static final int NAMED = 20;

    @Override
    public String toString() {
        return topic + "-" + partition + " offsets " + first + " to " + last + " (" + records + ")";
    }

    /** For a message. */
    static String listed(List<WrittenRange> ranges) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(NAMED, ranges.size()); i++) {
            text.append(i == 0 ? "" : ", ").append(ranges.get(i));
        }
        if (ranges.size() > NAMED) {
            text.append(" and ").append(ranges.size() - NAMED).append(" more ranges");
        }
        return text.toString();
    }

    static long records(List<WrittenRange> ranges) {
        long sum = 0;
        for (WrittenRange range : ranges) {
            sum += range.records();
        }
        return sum;
    }
}
