package io.millrace.api.type;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names that a class, a field, a component of a record or a constant of an enum had before. State
 * that was written under one of them is read as what has the name now. A field that has its own
 * name in the state is read from that; a former name counts only where the own one is missing.
 *
 * <pre>{@code
 * @FormerNames("com.acme.Visit")
 * public record Click(String url, @FormerNames("millis") long timeMs) {}
 * }</pre>
 *
 * <p>Keep it as long as state of the old name may be restored.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.FIELD, ElementType.RECORD_COMPONENT})
public @interface FormerNames {
    /** Of a class the name with its package, as {@code Class.getName} gives it. */
    String[] value();
}
