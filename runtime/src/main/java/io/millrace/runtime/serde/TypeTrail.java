package io.millrace.runtime.serde;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where in a type we are, for errors and for types that contain themselves. Confined to one search.
 */
final class TypeTrail {
    /**
     * A class may occur so often inside itself with other type arguments before it is left open.
     */
    private static final int MAX_SELF_NESTING = 2;

    private record Level(Object type, Class<?> raw) {}

    private final List<Level> levels = new ArrayList<>();
    private final List<String> path = new ArrayList<>();

    /** Enters a struct or union. */
    void enter(Object type, Class<?> raw) {
        levels.add(new Level(type, raw));
    }

    void leave() {
        levels.remove(levels.size() - 1);
    }

    void enterPart(String name) {
        path.add(name);
    }

    void leavePart() {
        path.remove(path.size() - 1);
    }

    /** The reference to {@code type} if it encloses this place, else null. */
    Schema enclosing(Object type, Class<?> raw) {
        int nested = 0;
        for (int i = levels.size() - 1; i >= 0; i--) {
            if (levels.get(i).type().equals(type)) {
                return new Schema.Enclosing(levels.size() - 1 - i);
            }
            nested += levels.get(i).raw() == raw ? 1 : 0;
        }
        return nested > MAX_SELF_NESTING ? new Schema.Any() : null;
    }

    MillraceException unknown(Class<?> type, String why) {
        String where = path.isEmpty() ? "" : " at '" + String.join(".", path) + "'";
        return new MillraceException(
                ErrorCode.RECORD_TYPE_UNKNOWN,
                "records of "
                        + (levels.isEmpty() ? type.getName() : levels.get(0).raw().getName())
                        + " cannot be sent: "
                        + type.getName()
                        + where
                        + " "
                        + why
                        + ". Make it a record, or a class with a constructor without arguments and"
                        + " fields that are not final; or mark the field transient if it need not"
                        + " be sent.");
    }
}
