package io.millrace.compat.members;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.objectweb.asm.Type;

/**
 * A field, constructor or method of a Flink class.
 *
 * @param descriptor of the JVM, with Flink's names
 * @param generations of Flink that have it
 * @param uses so many known programs use it
 */
public record FlinkMember(
        Kind kind,
        Generations generations,
        String name,
        String descriptor,
        boolean isStatic,
        boolean deprecated,
        int uses) {
    /** What a member is. */
    public enum Kind {
        FIELD,
        CONSTRUCTOR,
        METHOD
    }

    /** As a reader knows it: {@code map(MapFunction)}. */
    @Override
    public String toString() {
        if (kind == Kind.FIELD) {
            return name;
        }
        return Arrays.stream(Type.getArgumentTypes(descriptor))
                .map(type -> type.getClassName().replaceFirst("^.*[.$]", ""))
                .collect(Collectors.joining(", ", name + "(", ")"));
    }
}
