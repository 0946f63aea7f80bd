package io.millrace.runtime.serde;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The structures that were found in the values of one stream of bytes, numbered in the order of
 * their first use. Confined to whoever encodes.
 *
 * <p>A class has one structure, but for tuples: their fields are erased, so one of up to {@value
 * #MAX_VARIANTS} is chosen by the classes of the fields, and after that one that leaves all fields
 * open.
 */
public final class WriterStructures {
    static final int MAX_STRUCTURES = 4096;
    private static final int MAX_VARIANTS = 4;

    /** A numbered serializer. */
    record Structure(int id, Serializer<Object> serializer) {}

    private final Map<Class<?>, List<Structure>> byClass = new HashMap<>();
    private int found;
    private int announced;
    private Class<?> lastClass;
    private List<Structure> last;

    /** The structure of a value that is neither null nor a scalar. */
    Structure find(Object value, SerializerCompiler compiler) {
        Class<?> type = value.getClass();
        if (type != lastClass) {
            last = byClass.computeIfAbsent(type, c -> new ArrayList<>(1));
            lastClass = type;
        }
        List<Structure> candidates = last;
        for (int i = 0; i < candidates.size(); i++) {
            Structure candidate = candidates.get(i);
            if (i == MAX_VARIANTS || candidate.serializer().fits(value)) {
                return candidate;
            }
        }
        Schema schema =
                candidates.size() < MAX_VARIANTS
                        ? FoundSchema.precise(value)
                        : FoundSchema.general(value);
        if (found == MAX_STRUCTURES) {
            throw FoundSchema.tooMany(value, MAX_STRUCTURES);
        }
        Structure structure =
                new Structure(AnySerializer.FIRST_STRUCTURE + found++, compiler.compile(schema));
        candidates.add(structure);
        return structure;
    }

    /** True if the structure is used for the first time, so that its form must follow. */
    boolean announce(Structure structure) {
        if (structure.id() - AnySerializer.FIRST_STRUCTURE < announced) {
            return false;
        }
        announced++;
        return true;
    }
}
