package io.millrace.host.rest;

import java.util.Objects;

/**
 * One line of the route table. A route without a declared permission cannot be built. Immutable.
 *
 * @param path with {@code {name}} for the parts that the request carries in {@link Request#path}
 */
record Route(Method method, String path, Permission permission, Endpoint endpoint) {
    /** The methods that any route may have; all others are refused before routing. */
    enum Method {
        GET,
        PATCH,
        POST
    }

    /** Answers a request that was let in. Called on any REST thread, by many at once. */
    @FunctionalInterface
    interface Endpoint {
        /**
         * @throws io.millrace.api.error.MillraceException answered with its code and the status
         *     that fits
         */
        Answer answer(Request request);
    }

    Route {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(permission, () -> path + " declares no permission");
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("not an absolute path: " + path);
        }
    }

    @Override
    public String toString() {
        return method + " " + path + " (" + permission + ")";
    }
}
