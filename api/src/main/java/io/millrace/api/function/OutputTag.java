package io.millrace.api.function;

import io.millrace.api.type.TypeExtractor;
import io.millrace.api.type.TypeInformation;
import java.io.Serializable;
import java.util.Objects;

/**
 * The name of a side output. Tags with the same id mean the same output. Immutable.
 *
 * <p>Made as an anonymous subclass, {@code new OutputTag<Late>("late") {}}, a tag knows its type;
 * made plainly, the type is found from the records.
 *
 * @param <T> the records of the side output
 */
public class OutputTag<T> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String id;
    // Null if it is found from the records.
    private final TypeInformation<T> typeInfo;

    public OutputTag(String id) {
        this.id = checked(id);
        this.typeInfo = TypeExtractor.resultOf(this, OutputTag.class, 0, -1, null);
    }

    public OutputTag(String id, TypeInformation<T> typeInfo) {
        this.id = checked(id);
        this.typeInfo =
                Objects.requireNonNull(typeInfo, "The type of output tag '" + id + "' is null.");
    }

    private static String checked(String id) {
        Objects.requireNonNull(id, "The id of an output tag is null.");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("The id of an output tag is empty.");
        }
        return id;
    }

    /** Whether {@code owner} collects what is emitted to {@code other}. */
    public static boolean isResponsibleFor(OutputTag<?> owner, OutputTag<?> other) {
        return other.equals(owner);
    }

    public String getId() {
        return id;
    }

    /** Null if it is found from the records. */
    public TypeInformation<T> getTypeInfo() {
        return typeInfo;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OutputTag<?> that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "OutputTag(" + typeInfo + ", " + id + ")";
    }
}
