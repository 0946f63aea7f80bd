package io.millrace.api.type;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which factory describes a class and its subclasses, or one field. A factory of a field goes
 * before that of its class.
 */
@Documented
@Target({ElementType.TYPE, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface TypeInfo {
    /** With a public constructor without arguments. */
    @SuppressWarnings("rawtypes") // the signature that programs use
    Class<? extends TypeInfoFactory> value();
}
