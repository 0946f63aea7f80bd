package io.millrace.testutils.connector;

import io.millrace.api.metric.Counter;
import io.millrace.api.metric.MetricGroup;
import io.millrace.api.metric.SimpleCounter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;

/** A group of metrics of any kind that takes every metric and tells nobody. Stateless. */
final class AnyMetrics implements InvocationHandler {
    private AnyMetrics() {}

    static <G> G of(Class<G> kind) {
        return kind.cast(
                Proxy.newProxyInstance(
                        kind.getClassLoader(), new Class<?>[] {kind}, new AnyMetrics()));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) {
        Class<?> result = method.getReturnType();
        Object last = arguments == null ? null : arguments[arguments.length - 1];
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> proxy == last;
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "metrics of a contract";
            };
        }
        if (result == String.class) {
            return String.valueOf(arguments == null ? "" : arguments[0]);
        }
        if (last != null && !(last instanceof String) && result.isInstance(last)) {
            return last; // a metric that was registered
        }
        if (result.isAssignableFrom(SimpleCounter.class)
                && Counter.class.isAssignableFrom(result)) {
            return new SimpleCounter();
        }
        if (result == String[].class) {
            return new String[0];
        }
        if (result == Map.class) {
            return Map.of();
        }
        if (MetricGroup.class.isAssignableFrom(result) || result.isInterface()) {
            return result.isInstance(proxy) ? proxy : of(result);
        }
        return null;
    }
}
