package io.millrace.api.metric;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a reporter: names its factory. Has no effect: options name factories, never reporters.
 *
 * @deprecated name the factory by {@code metrics.reporter.NAME.factory.class}
 */
@Deprecated
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface InstantiateViaFactory {
    String factoryClassName();
}
