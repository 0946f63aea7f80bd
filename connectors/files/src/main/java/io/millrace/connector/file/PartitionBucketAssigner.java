package io.millrace.connector.file;

import io.millrace.api.function.SerializableFunction;
import io.millrace.api.source.SimpleVersionedSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A directory for each combination of values of some fields, as Hive has them: {@code
 * PartitionBucketAssigner.by("dt", Order::day).and("city", Order::city)} gives {@code
 * dt=2026-01-01/city=Berlin}. Each subtask writes one file at a time in each directory: key the
 * stream by the fields where there are many. Immutable.
 */
public final class PartitionBucketAssigner<IN> implements BucketAssigner<IN, String> {
    private static final long serialVersionUID = 1L;

    /** A field and how its value is read. */
    private record Part<IN>(String name, SerializableFunction<IN, ?> value)
            implements Serializable {
        Part {
            Objects.requireNonNull(value);
            if (name.isEmpty()) {
                throw new IllegalArgumentException("A field has a name.");
            }
        }
    }

    private final List<Part<IN>> parts;

    private PartitionBucketAssigner(List<Part<IN>> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Directories of one field. */
    public static <IN> PartitionBucketAssigner<IN> by(
            String name, SerializableFunction<IN, ?> value) {
        return new PartitionBucketAssigner<>(List.of(new Part<>(name, value)));
    }

    /** Directories of one field more, within those that there are. */
    public PartitionBucketAssigner<IN> and(String name, SerializableFunction<IN, ?> value) {
        List<Part<IN>> more = new ArrayList<>(parts);
        more.add(new Part<>(name, value));
        return new PartitionBucketAssigner<>(more);
    }

    @Override
    public String getBucketId(IN element, Context context) {
        StringBuilder path = new StringBuilder();
        for (Part<IN> part : parts) {
            if (path.length() > 0) {
                path.append('/');
            }
            path.append(PartitionPath.directory(part.name(), part.value().apply(element)));
        }
        return path.toString();
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
        return SimpleVersionedStringSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return "PartitionBucketAssigner by " + parts.stream().map(Part::name).toList();
    }
}
