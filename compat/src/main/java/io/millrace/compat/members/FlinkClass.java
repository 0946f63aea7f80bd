package io.millrace.compat.members;

import java.util.List;

/**
 * A class of Flink's API with the members that programs may use.
 *
 * @param name with dots, and {@code $} before nested classes
 * @param uses so many known programs name it
 */
public record FlinkClass(
        Kind kind,
        Generations generations,
        String name,
        boolean deprecated,
        int uses,
        List<FlinkMember> members) {
    /** What a class is. Programs are compiled differently against each. */
    public enum Kind {
        CLASS,
        INTERFACE,
        ENUM,
        ANNOTATION
    }

    public FlinkClass {
        members = List.copyOf(members);
    }
}
