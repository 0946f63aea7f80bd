package io.millrace.runtime.task;

import io.millrace.api.graph.OperatorSpec;
import io.millrace.api.graph.Partitioning;
import io.millrace.runtime.chain.ClassCopies;
import io.millrace.runtime.serde.JobSerializers;
import java.lang.ref.SoftReference;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The generated classes of tasks that have run in this process, for the next ones like them: a
 * restarted attempt, or the same program again, goes on with compiled code. Thread-safe.
 */
/* Two chains are alike if their operators and their functions are of the same classes. Copies that fit
 * badly would cost speed and nothing else. Copies of operator classes know no class of the user's;
 * serializers do, and go with the memory when nobody has used them for long.
 */
public final class WarmCode {
    private static final int KEPT_SHAPES = 128;

    // Guarded by this object.
    private final Map<String, ClassCopies> byShape =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, ClassCopies> eldest) {
                    return size() > KEPT_SHAPES;
                }
            };
    // By whether generic types are allowed, then by the program's class loader.
    private final Map<Boolean, Map<ClassLoader, SoftReference<JobSerializers>>> serializers =
            Map.of(true, new WeakHashMap<>(), false, new WeakHashMap<>());

    /** The copies for a chain of these operators, which write these edges. */
    synchronized ClassCopies copies(List<OperatorSpec> operators, List<Partitioning> edges) {
        StringBuilder shape = new StringBuilder();
        operators.forEach(operator -> describe((Record) operator, shape));
        edges.forEach(edge -> describe((Record) edge, shape));
        return byShape.computeIfAbsent(shape.toString(), key -> new ClassCopies(true));
    }

    /** The serializers of a program's classes. */
    synchronized JobSerializers serializers(ClassLoader userLoader, boolean genericTypes) {
        Map<ClassLoader, SoftReference<JobSerializers>> byLoader = serializers.get(genericTypes);
        SoftReference<JobSerializers> kept = byLoader.get(userLoader);
        JobSerializers found = kept == null ? null : kept.get();
        if (found == null) {
            found = new JobSerializers(userLoader, genericTypes);
            byLoader.put(userLoader, new SoftReference<>(found));
        }
        return found;
    }

    /** The class of a record, and of each of its parts. */
    private static void describe(Record record, StringBuilder shape) {
        shape.append(record.getClass().getSimpleName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                Object part = component.getAccessor().invoke(record);
                shape.append(' ').append(part == null ? "-" : part.getClass().getName());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(component + " of " + record.getClass(), e);
            }
        }
        shape.append('\n');
    }
}
