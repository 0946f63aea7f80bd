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

    private final boolean selfDescribing;
    private final Map<Class<?>, List<Structure>> byClass = new HashMap<>();
    private int found;
    private int announced;
    private Class<?> lastClass;
    private List<Structure> last;

    /** Structures between two ends of a channel, which have the same classes. */
    public WriterStructures() {
        this(false);
    }

    private WriterStructures(boolean selfDescribing) {
        this.selfDescribing = selfDescribing;
    }

    /**
     * Structures whose description is written whole, for bytes that are read when the classes may
     * have changed.
     */
    public static WriterStructures selfDescribing() {
        return new WriterStructures(true);
    }

    boolean areSelfDescribing() {
        return selfDescribing;
    }

    /** How many structures were described in what was written so far. */
    public int announced() {
        return announced;
    }

    /** The structure of a value that is not null. */
    Structure find(Object value, SerializerCompiler compiler) {
        Class<?> type = value.getClass();
        if (type != lastClass) {
            last = byClass.computeIfAbsent(type, WriterStructures::candidates);
            lastClass = type;
        }
        List<Structure> candidates = last;
        for (int i = 0; i < candidates.size(); i++) {
            Structure candidate = candidates.get(i);
            if (i == MAX_VARIANTS || candidate.serializer().fits(value)) {
                return candidate;
            }
        }
        return add(value, candidates, compiler);
    }

    /** Scalars have a number without being announced. */
    @SuppressWarnings("unchecked")
    private static List<Structure> candidates(Class<?> type) {
        Scalar scalar = Scalar.of(type);
        List<Structure> candidates = new ArrayList<>(1);
        if (scalar != null) {
            Serializer<Object> serializer = (Serializer<Object>) ScalarSerializer.of(scalar);
            candidates.add(new Structure(scalar.ordinal() + 1, serializer));
        }
        return candidates;
    }

    private Structure add(Object value, List<Structure> candidates, SerializerCompiler compiler) {
        if (found == MAX_STRUCTURES) {
            throw FoundSchema.tooMany(value, MAX_STRUCTURES);
        }
        if (candidates.isEmpty()) {
            compiler.genericClasses().met(value.getClass());
        }
        Schema schema =
                candidates.size() < MAX_VARIANTS
                        ? FoundSchema.precise(value)
                        : FoundSchema.general(value);
        Serializer<Object> serializer = compiler.compile(schema);
        Structure structure = new Structure(AnySerializer.FIRST_STRUCTURE + found++, serializer);
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
