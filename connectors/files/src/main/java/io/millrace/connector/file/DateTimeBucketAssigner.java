package io.millrace.connector.file;

import io.millrace.api.source.SimpleVersionedSerializer;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * A directory for each hour, or other piece, of the time at which a record is written. Confined to
 * its task.
 */
public class DateTimeBucketAssigner<IN> implements BucketAssigner<IN, String> {
    private static final long serialVersionUID = 1L;
    private static final String HOURLY = "yyyy-MM-dd--HH";

    private final String formatString;
    private final ZoneId zoneId;
    private transient DateTimeFormatter formatter; // null until it is used
    // The last one: formatting a time costs as much as writing a small record.
    private transient long bucketMs;
    private transient String bucket;

    /** Hourly, in the zone of the process. */
    public DateTimeBucketAssigner() {
        this(HOURLY);
    }

    /**
     * @param formatString for {@link DateTimeFormatter}
     */
    public DateTimeBucketAssigner(String formatString) {
        this(formatString, ZoneId.systemDefault());
    }

    public DateTimeBucketAssigner(ZoneId zoneId) {
        this(HOURLY, zoneId);
    }

    public DateTimeBucketAssigner(String formatString, ZoneId zoneId) {
        this.formatString = formatString;
        this.zoneId = zoneId;
    }

    @Override
    public String getBucketId(IN element, Context context) {
        long nowMs = context.currentProcessingTime();
        if (nowMs == bucketMs && bucket != null) {
            return bucket;
        }
        if (formatter == null) {
            formatter = DateTimeFormatter.ofPattern(formatString).withZone(zoneId);
        }
        bucket = formatter.format(Instant.ofEpochMilli(nowMs));
        bucketMs = nowMs;
        return bucket;
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
        return SimpleVersionedStringSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return "DateTimeBucketAssigner of '" + formatString + "' in " + zoneId;
    }
}
