package io.millrace.api.type;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds the types of which only the class is known. Their fields are found at run time, one class
 * at a time, which is slower than a description. Pure.
 */
public final class GenericTypes {
    private GenericTypes() {}

    /**
     * The classes in a type of which only the class is known, each with the path to its first
     * place; a class that contains itself is none.
     */
    public static Map<Class<?>, String> in(TypeInformation<?> type) {
        Map<Class<?>, String> found = new LinkedHashMap<>();
        search(type, "", new ArrayDeque<>(), found);
        return found;
    }

    private static void search(
            TypeInformation<?> type,
            String path,
            Deque<Class<?>> around,
            Map<Class<?>, String> found) {
        if (type.bringsSerializer()) {
            return;
        }
        if (type.kind() == TypeKind.GENERIC) {
            if (!around.contains(type.getTypeClass())) {
                found.putIfAbsent(type.getTypeClass(), path);
            }
            return;
        }
        around.push(type.getTypeClass());
        if (type instanceof CompositeType<?> composite) {
            for (TypeField field : composite.fields()) {
                String inner = path.isEmpty() ? field.name() : path + "." + field.name();
                search(field.type(), inner, around, found);
            }
        } else if (type instanceof SimpleType<?> simple) {
            for (TypeInformation<?> element : simple.elements()) {
                search(element, path + "<>", around, found);
            }
        }
        around.pop();
    }

    /**
     * @throws MillraceException {@code PROGRAM_INVALID} naming the first of them and its place
     */
    public static void refuseIn(TypeInformation<?> type) {
        in(type).forEach(
                        (generic, path) -> {
                            throw refused(generic, type + (path.isEmpty() ? "" : " at " + path));
                        });
    }

    /** The error for a class that is met where generic types are disabled. */
    public static MillraceException refused(Class<?> generic, String where) {
        return new MillraceException(
                ErrorCode.PROGRAM_INVALID,
                "generic types are disabled, but only the class of "
                        + generic.getName()
                        + " is known ("
                        + where
                        + "). Make it a record or a POJO, give it a TypeInfoFactory, or set"
                        + " pipeline.generic-types to true.");
    }
}
