package io.stepsync.main;

import java.util.List;

/**
 * What a route file defines under a name.
 *
 * @param kind bean, route, routeTemplate or routeConfiguration
 * @param columns the names of a bean's columns that are given as properties
 */
record RouteItem(String kind, String name, List<String> columns) {}
